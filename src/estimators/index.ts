/** estimators: learners and scalers without gradients, on plain arrays; a table is rows of numbers, `[samples][features]`. */
